const FIRST_BYTES = 64 * 1024;

/** A piece of a body. */
export interface BodyPart {
  /** Full length, except for the last part, which may be shorter. Not touched again after it is handed out. */
  readonly bytes: Uint8Array;
  /** The whole body is in this part. */
  readonly isOnly: boolean;
}

/** Parts of exactly `partBytes`, the last one shorter; of an empty body one empty part. Chunks are copied. */
export async function* cutIntoParts(body: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<BodyPart> {
  let part: Uint8Array = Buffer.allocUnsafe(Math.min(FIRST_BYTES, partBytes));
  let filled = 0;
  let isOnly = true;
  for await (const chunk of body) {
    for (let taken = 0; taken < chunk.length; ) {
      if (filled === partBytes) {
        isOnly = false;
        yield { bytes: part, isOnly };
        part = Buffer.allocUnsafe(partBytes);
        filled = 0;
      }
      const piece = chunk.subarray(taken, taken + partBytes - filled);
      part = withRoom(part, filled + piece.length, partBytes);
      part.set(piece, filled);
      filled += piece.length;
      taken += piece.length;
    }
  }
  yield { bytes: part.subarray(0, filled), isOnly };
}

/** Grows by doubling, so that the many small objects do not each cost a whole part. */
function withRoom(part: Uint8Array, neededBytes: number, partBytes: number): Uint8Array {
  if (neededBytes <= part.length) return part;
  const larger = Buffer.allocUnsafe(Math.min(partBytes, Math.max(neededBytes, part.length * 2)));
  larger.set(part);
  return larger;
}
