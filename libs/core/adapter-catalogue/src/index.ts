export { CatalogueConnection } from './catalogue-connection';
export { CatalogueSettings } from './catalogue.settings';
export { ReportCatalogue } from './report-catalogue';
