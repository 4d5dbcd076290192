export { describeSettings, renderEnvExample, type SettingDescription, type SettingsSection } from './describe-settings';
export { IsDuration, parseDurationMs } from './duration';
export { IsHostPortList, parseHostPortList, type HostPort } from './host-port';
export { loadSettings, type Environment } from './load-settings';
export { Setting, isSecretName, type SettingOptions } from './setting.decorator';
export { Settings } from './settings';
export { SettingsError, type SettingProblem } from './settings.errors';
export { withDefaults, type SettingsClass, type SettingsDefaults, type SettingsSource } from './settings-source';
