export { ZipJsEncryption } from './zip-js-encryption';
