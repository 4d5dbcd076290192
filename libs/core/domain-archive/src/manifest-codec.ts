import { unreadableManifest } from './archive.errors';
import { isIsoWeek, type IsoWeek } from './iso-week';
import { archiveFormats, type Manifest, type ManifestObject, objectKeysOf, type ReplacedManifest } from './manifest';
import { JsonFields, UnexpectedJson } from './json-fields';
import { folderOf } from './object-keys';

const formatVersion = 1;
const sha256Hex = /^[0-9a-f]{64}$/;
const decimal = /^(?:0|-?[1-9]\d{0,29})$/;

/** A manifest as the bytes of its object: JSON for people too, `maxWriteTimeUs` as decimal text. Equal manifests give equal bytes. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const { batchId, collectionId, week, objects } = manifest;
  const fields = {
    formatVersion: manifest.formatVersion,
    key: manifest.key,
    batchId,
    collectionId,
    week: { isoYear: week.isoYear, isoWeek: week.isoWeek },
    iteration: manifest.iteration,
    table: manifest.table,
    layout: manifest.layout,
    format: manifest.format,
    columns: manifest.columns,
    rows: manifest.rows,
    minUpdatedOnMs: manifest.minUpdatedOnMs,
    maxUpdatedOnMs: manifest.maxUpdatedOnMs,
    maxWriteTimeUs: manifest.maxWriteTimeUs.toString(),
    toolVersion: manifest.toolVersion,
    createdOnMs: manifest.createdOnMs,
    ...(manifest.origin ? { origin: manifest.origin } : {}),
    ...(manifest.replaces
      ? { replaces: manifest.replaces.map((replaced) => ({ key: replaced.key, objects: replaced.objects })) }
      : {}),
    objects: objects.map(({ key, rows, bytes, sha256, content, writeTimes }) => ({
      key,
      rows,
      bytes,
      sha256,
      content: { bytes: content.bytes, sha256: content.sha256 },
      writeTimes: { key: writeTimes.key, bytes: writeTimes.bytes, sha256: writeTimes.sha256 },
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(fields, undefined, 2)}\n`);
}

/**
 * The manifest, every field checked. Fields that this version does not know are ignored.
 *
 * @param key where it was read; it must say so itself
 * @param location how a person finds it, for messages; default: the key
 * @throws ARCHIVE.UNREADABLE_MANIFEST naming the field and what was expected
 */
export function decodeManifest(key: string, bytes: Uint8Array, location = key): Manifest {
  try {
    const fields = new JsonFields(parsed(bytes));
    if (fields.integer('formatVersion') !== formatVersion) {
      throw new UnexpectedJson(`formatVersion must be ${formatVersion}: written by a later version of Scorekeep?`);
    }
    const manifest = manifestOf(fields);
    assertConsistent(manifest, key);
    return manifest;
  } catch (thrown) {
    if (thrown instanceof UnexpectedJson) throw unreadableManifest(location, thrown.message, thrown.cause);
    throw thrown;
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new UnexpectedJson('it is no JSON', { cause });
  }
}

function manifestOf(fields: JsonFields): Manifest {
  return {
    formatVersion,
    key: fields.text('key'),
    batchId: fields.text('batchId'),
    collectionId: fields.text('collectionId'),
    week: weekOf(fields.object('week')),
    iteration: fields.integer('iteration', 1),
    table: fields.text('table'),
    layout: fields.oneOf('layout', ['unified', 'split']),
    format: fields.oneOf('format', archiveFormats),
    columns: fields.texts('columns'),
    rows: fields.integer('rows', 1),
    objects: fields.objects('objects').map(objectOf),
    minUpdatedOnMs: fields.integer('minUpdatedOnMs'),
    maxUpdatedOnMs: fields.integer('maxUpdatedOnMs'),
    maxWriteTimeUs: BigInt(fields.text('maxWriteTimeUs', decimal)),
    toolVersion: fields.text('toolVersion'),
    createdOnMs: fields.integer('createdOnMs'),
    ...(fields.has('origin') ? { origin: fields.oneOf('origin', ['reference']) } : {}),
    ...(fields.has('replaces') ? { replaces: fields.objects('replaces').map(replacedOf) } : {}),
  };
}

function replacedOf(fields: JsonFields): ReplacedManifest {
  return { key: fields.text('key'), objects: fields.texts('objects') };
}

function weekOf(fields: JsonFields): IsoWeek {
  const week = { isoYear: fields.integer('isoYear'), isoWeek: fields.integer('isoWeek') };
  if (!isIsoWeek(week)) throw new UnexpectedJson('week must be a week that its year has');
  return week;
}

function objectOf(fields: JsonFields): ManifestObject {
  const content = fields.object('content');
  const writeTimes = fields.object('writeTimes');
  return {
    key: fields.text('key'),
    rows: fields.integer('rows', 1),
    bytes: fields.integer('bytes', 1),
    sha256: fields.text('sha256', sha256Hex),
    content: { bytes: content.integer('bytes', 1), sha256: content.text('sha256', sha256Hex) },
    writeTimes: {
      key: writeTimes.text('key'),
      bytes: writeTimes.integer('bytes', 1),
      sha256: writeTimes.text('sha256', sha256Hex),
    },
  };
}

/** What no single field can show. */
function assertConsistent(manifest: Manifest, key: string): void {
  const { objects, rows, columns } = manifest;
  const expect = (holds: boolean, expectation: string): void => {
    if (!holds) throw new UnexpectedJson(expectation);
  };
  const keys = objectKeysOf(manifest);
  const replaced = (manifest.replaces ?? []).flatMap((each) => [each.key, ...each.objects]);
  expect(manifest.key === key, 'key must be the key that it was read from');
  expect(objects.length > 0, 'objects must name at least one');
  expect(new Set(keys).size === keys.length, 'objects must have different keys');
  expect(
    [...keys, ...replaced].every((each) => folderOf(each) === folderOf(key)),
    'objects must lie in the folder of the manifest',
  );
  expect(!replaced.some((each) => each === key || keys.includes(each)), 'replaces must not name what it names itself');
  expect(objects.reduce((sum, object) => sum + object.rows, 0) === rows, 'rows must be those of all objects');
  expect(manifest.minUpdatedOnMs <= manifest.maxUpdatedOnMs, 'minUpdatedOnMs must not exceed maxUpdatedOnMs');
  expect(columns.length > 0 && new Set(columns).size === columns.length, 'columns must be different names');
}
