import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { envExample } from './env-example';

writeFileSync(join(resolve(__dirname, '../../..'), '.env.example'), envExample());
