/** One instruction: `{ keyword: 'COPY', text: '--from=build /a ./' }`. */
export interface Instruction {
  readonly keyword: string;
  readonly text: string;
}

export interface Stage {
  /** Of `FROM … AS <name>`; the last one may have none. */
  readonly name: string | undefined;
  readonly image: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, comments left out, continued lines joined. Instructions before the first FROM are in none. */
export function parseDockerfile(text: string): Stage[] {
  const instructions = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, keyword = '', rest = ''] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
      return { keyword: keyword.toUpperCase(), text: rest.trim() };
    });
  const stages: { name: string | undefined; image: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') stages.push({ ...fromOf(instruction.text), instructions: [] });
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function fromOf(text: string): { readonly name: string | undefined; readonly image: string } {
  const [image = '', , name] = text.split(/\s+/);
  return { image, name };
}
