import { Injectable } from '@nestjs/common';
import { SchemaChanges, type SchemaReport, type SchemaWork } from './schema-changes.port';

export interface ApplySchemaOptions extends SchemaWork {
  /** Only tell what would be done. */
  readonly dryRun: boolean;
}

/** Brings the keyspaces to the newest version. Repeating it changes nothing. */
@Injectable()
export class ApplySchema {
  constructor(private readonly schema: SchemaChanges) {}

  async execute({ dryRun, ...work }: ApplySchemaOptions): Promise<SchemaReport> {
    return dryRun ? this.schema.plan() : this.schema.apply(work);
  }
}
