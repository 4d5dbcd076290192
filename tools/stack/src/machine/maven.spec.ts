import { downloadedBytes } from './maven';

describe('downloadedBytes', () => {
  it.each([
    { line: '[INFO] Downloaded from central: https://host/a.jar (1.2 MB at 3.4 MB/s)', bytes: 1_200_000 },
    { line: '[INFO] Downloaded from a mirror: https://host/a (1).pom (12 kB at 11 kB/s)', bytes: 12_000 },
    { line: 'Downloaded from central: https://host/a.sha1 (40 B at 1.1 kB/s)', bytes: 40 },
    { line: '[INFO] Downloading from central: https://host/a.jar', bytes: undefined },
    { line: '[INFO] BUILD SUCCESS', bytes: undefined },
  ])('$line', ({ line, bytes }) => {
    expect(downloadedBytes(line)).toBe(bytes);
  });
});
