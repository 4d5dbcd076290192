import { Setting } from '@scorekeep/platform/util-config';
import { IsIn, Matches } from 'class-validator';
import { archiveStores, type StorageProvider } from './archive-stores';

const FOLDER = String.raw`[A-Za-z0-9_.-]*[A-Za-z0-9_-][A-Za-z0-9_.-]*`;

/** Where the archive lies. */
export class ArchiveLocationSettings {
  @Setting('what archived objects are kept in: local, s3, azure or gcs')
  @IsIn(Object.keys(archiveStores))
  STORAGE_PROVIDER: StorageProvider = 'local';

  @Setting('what the keys of all archived objects begin with: folders separated by /')
  @Matches(new RegExp(`^${FOLDER}(/${FOLDER})*$`), {
    message: 'ARCHIVE_PREFIX must be folder names of letters, digits, ".", "_" or "-", separated by "/"',
  })
  ARCHIVE_PREFIX: string = 'archival';
}
