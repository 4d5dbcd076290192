const C1 = 0x87c3_7b91_1142_53d5n;
const C2 = 0x4cf5_ad43_2745_937fn;

/** By `asUintN` and not by a mask: the engine then computes with machine words. */
const multiply = (left: bigint, right: bigint): bigint => BigInt.asUintN(64, left * right);
const add = (left: bigint, right: bigint): bigint => BigInt.asUintN(64, left + right);
const rotateLeft = (value: bigint, bits: bigint): bigint => BigInt.asUintN(64, value << bits) | (value >> (64n - bits));
const scramble1 = (block: bigint): bigint => multiply(rotateLeft(multiply(block, C1), 31n), C2);
const scramble2 = (block: bigint): bigint => multiply(rotateLeft(multiply(block, C2), 33n), C1);

function finalize(hash: bigint): bigint {
  let mixed = multiply(hash ^ (hash >> 33n), 0xff51_afd7_ed55_8ccdn);
  mixed = multiply(mixed ^ (mixed >> 33n), 0xc4ce_b9fe_1a85_ec53n);
  return mixed ^ (mixed >> 33n);
}

const wholeTail = Buffer.alloc(8);

/** The last bytes as one number. Cassandra's variant of the hash treats them as signed: a byte above 0x7f sets all bits above it. */
function signedTail(bytes: Buffer, from: number, to: number): bigint {
  wholeTail.fill(0);
  bytes.copy(wholeTail, 0, from, to);
  let value = wholeTail.readBigUInt64LE();
  for (let index = from; index < to; index++) {
    if (bytes.readInt8(index) < 0) value ^= BigInt.asUintN(64, -1n << BigInt(8 * (index - from + 1)));
  }
  return value;
}

/** The first 64 bits of Cassandra's variant of MurmurHash3 x64 128 (seed 0), signed. */
function murmur3(bytes: Buffer): bigint {
  let h1 = 0n;
  let h2 = 0n;
  const wholeBlocks = bytes.length - (bytes.length % 16);
  for (let offset = 0; offset < wholeBlocks; offset += 16) {
    h1 = add(rotateLeft(h1 ^ scramble1(bytes.readBigUInt64LE(offset)), 27n), h2);
    h1 = add(multiply(h1, 5n), 0x52dc_e729n);
    h2 = add(rotateLeft(h2 ^ scramble2(bytes.readBigUInt64LE(offset + 8)), 31n), h1);
    h2 = add(multiply(h2, 5n), 0x3849_5ab5n);
  }
  const tailMiddle = Math.min(wholeBlocks + 8, bytes.length);
  h2 ^= scramble2(signedTail(bytes, tailMiddle, bytes.length));
  h1 ^= scramble1(signedTail(bytes, wholeBlocks, tailMiddle));
  const length = BigInt(bytes.length);
  h1 = add(h1 ^ length, h2 ^ length);
  h2 = add(h2 ^ length, h1);
  h1 = finalize(h1);
  h2 = finalize(h2);
  return BigInt.asIntN(64, add(h1, h2));
}

/** A composite key as the server hashes it: each component with its length (2 bytes) before and a 0 byte after it. */
function compositeKey(components: readonly string[]): Buffer {
  const key = Buffer.alloc(components.reduce((length, component) => length + Buffer.byteLength(component) + 3, 0));
  let offset = 0;
  for (const component of components) {
    const length = key.write(component, offset + 2, 'utf8');
    key.writeUInt16BE(length, offset);
    offset += length + 3;
  }
  return key;
}

/**
 * The token of a partition key of text components: what CQL's `token()` gives with the Murmur3Partitioner.
 *
 * @param partitionKey one or more components, each at most 65,535 bytes of UTF-8
 * @returns −(2^63)+1 … 2^63−1
 */
export function murmur3Token(partitionKey: readonly string[]): bigint {
  const [first] = partitionKey;
  const hash = murmur3(
    partitionKey.length === 1 && first !== undefined ? Buffer.from(first, 'utf8') : compositeKey(partitionKey),
  );
  // The smallest number is no token of a key: it stands for the start of the ring.
  return hash === -(2n ** 63n) ? 2n ** 63n - 1n : hash;
}
