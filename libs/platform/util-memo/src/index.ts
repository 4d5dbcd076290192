export { TextMemo } from './text-memo';
