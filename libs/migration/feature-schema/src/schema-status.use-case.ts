import { Injectable } from '@nestjs/common';
import { SchemaChanges, type SchemaOverview } from './schema-changes.port';

/** Which versions are applied, and whether the indexes answer. */
@Injectable()
export class SchemaStatus {
  constructor(private readonly schema: SchemaChanges) {}

  async execute(): Promise<SchemaOverview> {
    return this.schema.status();
  }
}
