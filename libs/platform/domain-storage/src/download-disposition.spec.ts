import { downloadDisposition } from './download-disposition';

describe('downloadDisposition', () => {
  it.each([
    { key: 'reports/r/b_response_20211101.csv', value: 'attachment; filename="b_response_20211101.csv"' },
    { key: 'plain.zip', value: 'attachment; filename="plain.zip"' },
    { key: 'a/b "c".csv', value: `attachment; filename="b__c_.csv"; filename*=UTF-8''b%20%22c%22.csv` },
    { key: "अ'(1)!*", value: `attachment; filename="___1___"; filename*=UTF-8''%E0%A4%85%27%281%29%21%2A` },
    { key: 'a%2Fb', value: `attachment; filename="a_2Fb"; filename*=UTF-8''a%252Fb` },
  ])('of $key is $value', ({ key, value }) => {
    expect(downloadDisposition(key)).toBe(value);
  });
});
