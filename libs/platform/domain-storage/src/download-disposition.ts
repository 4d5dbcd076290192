/** The Content-Disposition that makes a browser save an object under the last segment of its key (RFC 6266). */
export function downloadDisposition(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  if (plain === name) return `attachment; filename="${name}"`;
  const encoded = encodeURIComponent(name).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
