export { jarFolder, provideJars } from './machine/jar-cache';
export { downloadJars } from './machine/maven';
export { JAVA, pathOf } from './machine/requirements';
export { startStack, type StartOptions } from './start-stack';
export { stackSettings, type StackSettings } from './stack-settings';
