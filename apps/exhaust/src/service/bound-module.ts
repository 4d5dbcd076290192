import { type DynamicModule } from '@nestjs/common';
import { type Bound } from '../report-ports';

class BoundModule {}

/** A module that exports ports as they are bound. */
export function boundModule(ports: Bound[]): DynamicModule {
  return { module: BoundModule, providers: ports, exports: ports.map(({ provide }) => provide) };
}
