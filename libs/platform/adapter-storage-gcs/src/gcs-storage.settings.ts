import { Setting } from '@scorekeep/platform/util-config';
import { IsNotEmpty, IsOptional, IsUrl } from 'class-validator';

/** Settings of the `gcs` store. Without a key file, the SDK looks for credentials where Google's tools leave them. */
export class GcsStorageSettings {
  @Setting('bucket or container; required by the gcs store')
  @IsNotEmpty({ message: 'STORAGE_BUCKET must name the bucket' })
  STORAGE_BUCKET: string;

  @Setting('file with the key of a service account; default: the credentials of the machine')
  @IsOptional()
  @IsNotEmpty({ message: 'GCS_KEY_FILE must name a file' })
  GCS_KEY_FILE?: string;

  @Setting('project of the bucket; default: that of the credentials')
  @IsOptional()
  @IsNotEmpty({ message: 'GCS_PROJECT_ID must name a project' })
  GCS_PROJECT_ID?: string;

  @Setting('URL of a service that speaks the JSON API; default: that of Google')
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true }, { message: 'GCS_API_ENDPOINT must be a URL' })
  GCS_API_ENDPOINT?: string;
}
