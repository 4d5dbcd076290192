import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { anyDouble, anyStoredAttempt, aRow, thrownBy } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { csvHeader, encodeDouble, encodeRow, encodeRowBytes } from './row-csv';

const row: StoredAttempt = { ...aRow(), answers: [] };

describe('encodeRow', () => {
  it('writes the columns in the order of the header', () => {
    expect(csvHeader).toBe(
      'course_id,batch_id,user_id,content_id,attempt_id,created_on,grand_total,last_attempted_on,' +
        'total_max_score,total_score,updated_on,question\n',
    );
    expect(encodeRow(row)).toBe(
      'do_course,batch-1,learner-1,do_content,attempt-1,1700000060000,5.0/10.0,1700000000000,10.0,5.0,1700000060000,[]\n',
    );
  });

  it('doubles the quotes of the question column', () => {
    expect(encodeRow(aRow())).toContain(',"[{""id"":""q1"",""assess_ts"":""2023-11-14T22:13:21.000+0000"",');
  });

  it('leaves empty what is null, and tells it from empty text', () => {
    const nothing = {
      ...row,
      createdOnMs: null,
      updatedOnMs: null,
      lastAttemptedOnMs: null,
      grandTotal: null,
      totalScore: null,
      totalMaxScore: null,
    };
    expect(encodeRow(nothing)).toBe('do_course,batch-1,learner-1,do_content,attempt-1,,,,,,,[]\n');
    expect(encodeRow({ ...nothing, grandTotal: '' })).toBe(
      'do_course,batch-1,learner-1,do_content,attempt-1,,"",,,,,[]\n',
    );
    expect(encodeRow({ ...nothing, grandTotal: 'null' })).toContain(',"null",');
  });

  it.each([
    ['a"b', '"a""b"'],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
    ["a'b", "a'b"],
    [' a ', ' a '],
    ['😀', '😀'],
  ])('writes the id %j as %j', (userId, cell) => {
    expect(encodeRow({ ...row, userId })).toContain(`,${cell},do_content`);
  });

  it.each([
    [{ userId: 'a\ud800' }, /user_id holds half a surrogate pair/],
    [{ grandTotal: '\udc00' }, /grand_total holds half a surrogate pair/],
    [{ createdOnMs: 1.5 }, /created_on is no whole number/],
    [{ updatedOnMs: NaN }, /updated_on is no whole number/],
  ])('refuses %j, which no table holds', (given, words) => {
    const encode = (): unknown => encodeRow({ ...row, ...given });
    expect(encode).toThrow(words);
    expect(thrownBy(encode)).toMatchObject({ code: 'ARCHIVE.UNWRITABLE_ROW' });
  });
});

describe('encodeDouble', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-7, '-7.0'],
    [0.33, '0.33'],
    [1.333, '1.333'],
    [100, '100.0'],
    [123456789012, '123456789012.0'],
    [1e20, '100000000000000000000.0'],
    [1e21, '1.0E21'],
    [1.5e21, '1.5E21'],
    [-1.5e300, '-1.5E300'],
    [0.000001, '0.000001'],
    [1e-7, '1.0E-7'],
    [5e-324, '5.0E-324'],
    [0.1 + 0.2, '0.30000000000000004'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
  ])('%d is %s', (value, text) => {
    expect(encodeDouble(value)).toBe(text);
  });

  it('reads back equal', () => {
    fc.assert(
      fc.property(anyDouble, (value) => {
        expect(Number(encodeDouble(value))).toBe(value);
      }),
    );
  });
});

describe('encodeRowBytes', () => {
  it('gives the bytes of encodeRow', () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(anyStoredAttempt, (any) => {
        expect(Buffer.from(encodeRowBytes(any, encoder)).toString()).toBe(encodeRow(any));
      }),
    );
  });
});
