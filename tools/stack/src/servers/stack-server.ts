import { type Requirement } from '../machine/requirements';
import { type PortName, type StackPorts } from '../machine/stack-ports';

export type ServerName = 'cassandra' | 'kafka' | 'redis' | 's3';

/** Everything a server may need to know about the place it runs in. */
export interface ServerSite {
  /** The folder of the stack; a server keeps its data in `<dataFolder>/<name>`. */
  readonly dataFolder: string;
  readonly configFolder: string;
  readonly ports: StackPorts;
}

/** What is there once everything a server needs is installed. */
export interface ServerPrograms {
  /** Path of what `runsOn` asks for. */
  readonly program: string;
  /** The jars, in the form Java takes; empty for a server that has none. */
  readonly classPath: string;
}

/** One server of the stack: what it is called, how it is started, and when it answers. */
export interface StackServer {
  readonly name: ServerName;
  readonly title: string;
  readonly runsOn: Requirement;
  /** The profile in pom.xml that collects its jars; undefined for a program of the machine. */
  readonly jarProfile?: string;
  readonly ports: readonly PortName[];
  /** Templates in tools/stack/config, rendered to the config folder before every start. */
  readonly templates: readonly string[];
  /** Before every start, when storage must be formatted first. Repeatable after a kill. */
  prepare?(site: ServerSite, programs: ServerPrograms): Promise<void>;
  /** Program and arguments. */
  command(site: ServerSite, programs: ServerPrograms): string[];
  /** Resolves when the server does what it is there for; rejects while it does not, within a few seconds. Changes nothing. */
  probe(site: ServerSite): Promise<void>;
  /** Once it answers: creates what the apps expect to find. Repeatable. */
  furnish?(site: ServerSite): Promise<void>;
  /** `host:port` or URL for people to read. */
  address(site: ServerSite): string;
  /** The settings through which the apps find this server. */
  settings(site: ServerSite): Record<string, string>;
}
