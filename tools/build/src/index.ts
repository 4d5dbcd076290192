export { buildApps, type BuiltApp } from './build-apps';
export { buildableApps } from './workspace';
