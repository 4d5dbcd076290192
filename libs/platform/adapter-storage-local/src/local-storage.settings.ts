import { Setting } from '@scorekeep/platform/util-config';
import { IsNotEmpty, IsOptional, Matches } from 'class-validator';

/** Settings of the `local` store. */
export class LocalStorageSettings {
  @Setting('folder of the local store, absolute or from the working folder; made when it is missing')
  @IsNotEmpty()
  STORAGE_LOCAL_ROOT: string = './data/storage';

  @Setting('bucket or container; in the local store a folder below STORAGE_LOCAL_ROOT, optional')
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
    message: 'STORAGE_BUCKET must be letters, digits, ".", "_" or "-", and begin with a letter or digit',
  })
  STORAGE_BUCKET?: string;
}
