export { CatalogueConnection } from './catalogue-connection';
export { CatalogueSettings } from './catalogue.settings';
