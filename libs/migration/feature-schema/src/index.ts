export { FeatureSchemaModule, schemaCommands } from './feature-schema.module';
export { SchemaChanges, type SchemaOverview, type SchemaReport, type SchemaWork } from './schema-changes.port';
export { TopicAdministration } from './topic-administration.port';
export { TopicPlan } from './topic-plan';
export { TopicsSettings } from './topics.settings';
