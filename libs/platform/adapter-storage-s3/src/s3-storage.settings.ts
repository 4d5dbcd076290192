import { Setting } from '@scorekeep/platform/util-config';
import { IsBoolean, IsNotEmpty, IsOptional, IsUrl, ValidateIf } from 'class-validator';

/** Settings of the `s3` store. What is not set here comes from the SDK's own chain (AWS_* variables, profiles, roles). */
export class S3StorageSettings {
  @Setting('bucket or container; required by the s3 store')
  @IsNotEmpty({ message: 'STORAGE_BUCKET must name the bucket' })
  STORAGE_BUCKET: string;

  @Setting('URL of an S3-compatible server; AWS when it is not set', { secret: true })
  @IsOptional()
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'S3_ENDPOINT must be a URL like http://127.0.0.1:9000, without user and password' },
  )
  S3_ENDPOINT?: string;

  @Setting('region of the bucket')
  @IsOptional()
  @IsNotEmpty()
  S3_REGION?: string;

  @Setting('access key; together with S3_SECRET_ACCESS_KEY')
  @ValidateIf((settings: S3StorageSettings) => settings.S3_SECRET_ACCESS_KEY !== undefined)
  @IsNotEmpty({ message: 'S3_ACCESS_KEY_ID must be set together with S3_SECRET_ACCESS_KEY' })
  S3_ACCESS_KEY_ID?: string;

  @Setting('secret of the access key; together with S3_ACCESS_KEY_ID')
  @ValidateIf((settings: S3StorageSettings) => settings.S3_ACCESS_KEY_ID !== undefined)
  @IsNotEmpty({ message: 'S3_SECRET_ACCESS_KEY must be set together with S3_ACCESS_KEY_ID' })
  S3_SECRET_ACCESS_KEY?: string;

  @Setting('address buckets as <endpoint>/<bucket>, as most S3-compatible servers want it')
  @IsBoolean()
  S3_FORCE_PATH_STYLE: boolean = false;
}
