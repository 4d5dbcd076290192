export { FeatureGroupModule } from './feature-group.module';
export { GroupAggregatesOptions } from './group-aggregates-options';
