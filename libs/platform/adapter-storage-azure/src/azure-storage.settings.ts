import { Setting } from '@scorekeep/platform/util-config';
import { IsNotEmpty, Matches } from 'class-validator';

/** Settings of the `azure` store. */
export class AzureStorageSettings {
  @Setting('bucket or container; required by the azure store')
  @IsNotEmpty({ message: 'STORAGE_BUCKET must name the container' })
  STORAGE_BUCKET: string;

  @Setting('connection string of the storage account, with its key or a shared access signature', { secret: true })
  @Matches(/(^|;)(AccountName|BlobEndpoint|UseDevelopmentStorage)=/, {
    message: 'AZURE_STORAGE_CONNECTION_STRING must be the connection string of a storage account',
  })
  AZURE_STORAGE_CONNECTION_STRING: string;
}
