import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDockerfile } from './dockerfile';
import { runDockerfile } from './run-dockerfile';

const folders: string[] = [];

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-'));
  folders.push(folder);
  return folder;
}

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function run(dockerfile: string) {
  const context = emptyFolder();
  mkdirSync(join(context, 'src/deep'), { recursive: true });
  writeFileSync(join(context, 'src/deep/a.txt'), 'a');
  writeFileSync(join(context, 'b.txt'), 'b');
  return runDockerfile({ dockerfile, context, folder: emptyFolder(), buildArguments: { APP: 'one' } });
}

describe('runDockerfile', () => {
  it('runs the steps of each stage in a folder of its own', () => {
    const image = run(`
# a comment
ARG IMAGE=none
FROM \${IMAGE} AS build
ARG APP
ARG OTHER=preset
WORKDIR /work
COPY src b.txt ./in/
RUN mkdir out && \\
    echo \${APP} \${OTHER} "$(cat in/deep/a.txt in/b.txt)" > out/\${APP}.txt
FROM none
ARG APP
ENV MODE=\${APP}-mode
WORKDIR /app
COPY --from=build /work/out ./
USER node
HEALTHCHECK --interval=1s CMD ["node", "check.js"]
ENTRYPOINT ["node", "main.js"]
`);
    expect(image).toMatchObject({
      environment: { MODE: 'one-mode' },
      user: 'node',
      entrypoint: ['node', 'main.js'],
      healthCheck: ['node', 'check.js'],
    });
    expect(readFileSync(join(image.folder, 'one.txt'), 'utf8')).toBe('one preset ab\n');
  });

  it.each([
    ['RUN exit 3', 'RUN exit 3 ended with 3'],
    ['COPY nothing ./', 'COPY nothing, which is not there'],
    ['COPY --from=later b.txt ./', 'COPY from later, which is no stage before'],
    ['SHELL ["bash"]', 'not known here: SHELL'],
  ])('fails at %s', (line, words) => {
    expect(() => run(`FROM none\n${line}\n`)).toThrow(words);
  });

  it('needs a FROM', () => {
    expect(() => run('ARG A\n')).toThrow('without FROM');
    expect(parseDockerfile('FROM a AS b\nRUN c')).toEqual([
      { image: 'a', name: 'b', instructions: [{ keyword: 'RUN', text: 'c' }] },
    ]);
  });
});
