import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PORT_NAMES } from './machine/stack-ports';
import { renderTemplate } from './render-template';
import { ALL_SERVERS } from './servers/all-servers';

describe('renderTemplate', () => {
  it('fills every name in, each time it appears', () => {
    expect(renderTemplate('a=@A@ b=@S3_PORT@ a=@A@', { A: 'x', S3_PORT: 80 })).toBe('a=x b=80 a=x');
  });

  it('leaves at signs alone that enclose no name', () => {
    expect(renderTemplate('me@example.org, @lower@, @', {})).toBe('me@example.org, @lower@, @');
  });

  it('does not read a value as a template', () => {
    expect(renderTemplate('@A@', { A: '$& @B@' })).toBe('$& @B@');
  });

  it('refuses a name that nobody set', () => {
    expect(() => renderTemplate('@UNKNOWN@', {})).toThrow(expect.objectContaining({ code: 'STACK.TEMPLATE' }) as Error);
  });
});

describe('the templates of the servers', () => {
  const values = { DATA: '/data', ...Object.fromEntries(PORT_NAMES.map((name, index) => [name, 20_000 + index])) };
  const render = (template: string) =>
    renderTemplate(readFileSync(join(__dirname, '../config', template), 'utf8'), values);

  it.each(ALL_SERVERS.flatMap((server) => server.templates))('%s asks for known names only', (template) => {
    expect(render(template)).not.toMatch(/@[A-Z0-9_]+@/);
  });

  it.each(ALL_SERVERS.map((server) => ({ server, name: server.name })))(
    '$name is told each of its ports',
    ({ server }) => {
      const rendered = server.templates.map(render).join('\n');
      for (const port of server.ports) expect(rendered).toContain(String(values[port as keyof typeof values]));
    },
  );
});
