import { writeProfileText } from './learner-profile';

it.each([
  { value: 'Karnataka', written: 'Karnataka' },
  { value: '["CBSE"]', written: 'CBSE' },
  { value: ' ["CBSE","State (Karnataka)"]', written: 'CBSE, State (Karnataka)' },
  { value: '["a, b","c"]', written: 'a, b, c' },
  { value: '[]', written: '' },
  { value: '[1,true,null,{"a":1}]', written: '1, true, {"a":1}' },
  { value: '[not a list', written: '[not a list' },
  { value: '{"a":1}', written: '{"a":1}' },
  { value: '', written: '' },
])('$value is written $written', ({ value, written }) => {
  expect(writeProfileText(value)).toBe(written);
});
