export { CatalogueSettings } from './catalogue.settings';
export { connectRedis } from './connect-redis';
export { RedisCourseCatalogue, type CatalogueCacheOptions } from './redis-course-catalogue';
export { UnknownCourseCatalogue } from './unknown-course-catalogue';
