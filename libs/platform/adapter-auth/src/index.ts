export { AuthSettings, type AuthMode } from './auth.settings';
export { createAuthenticator, type RunningAuthenticator } from './create-authenticator';
export { KeyFolder } from './key-folder';
export { TokenAuthenticator } from './token-authenticator';
