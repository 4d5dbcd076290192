import { AppError } from '@scorekeep/platform/util-errors';
import { ValidateBy, type ValidationOptions, buildMessage } from 'class-validator';

export interface HostPort {
  /** A name or an address; IPv6 without its brackets. */
  readonly host: string;
  readonly port: number;
}

function hostPortList(text: string): HostPort[] | undefined {
  const parsed = text.split(',').map((part) => hostPort(part.trim()));
  return parsed.every((each) => each !== undefined) ? parsed : undefined;
}

function hostPort(text: string): HostPort | undefined {
  const [, ipv6, name, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:,/@[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = Number(digits);
  return host === undefined || port < 1 || port > 65535 ? undefined : { host, port };
}

/** The addresses of a list like `10.0.0.1:9042,[::1]:9042`; at least one. @throws CONFIG.INVALID_HOST_PORT */
export function parseHostPortList(text: string): HostPort[] {
  const parsed = hostPortList(text);
  if (parsed === undefined) {
    throw new AppError('CONFIG.INVALID_HOST_PORT', `not a list of host:port: ${JSON.stringify(text)}`);
  }
  return parsed;
}

/** Text that `parseHostPortList` takes: `host:port`, comma-separated. */
export function IsHostPortList(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isHostPortList',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && hostPortList(value) !== undefined,
        defaultMessage: buildMessage(
          (each) => `${each}$property must be host:port, or several separated by commas`,
          options,
        ),
      },
    },
    options,
  );
}
