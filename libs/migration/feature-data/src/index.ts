export { DataConnections } from './data-connections.port';
export { DataOptions } from './data-options';
export { dataCommands, FeatureDataModule } from './feature-data.module';
