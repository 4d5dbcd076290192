import { Readable } from 'node:stream';
import { Controller, Get, Headers, Param, StreamableFile } from '@nestjs/common';
import { downloadDisposition } from '@scorekeep/platform/domain-storage';
import { OpenRoute } from '@scorekeep/platform/util-http';
import { OpenDownload } from './open-download.use-case';

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  gz: 'application/gzip',
  parquet: 'application/vnd.apache.parquet',
  zip: 'application/zip',
};

/** Files of the local store, to whoever has a link. */
@Controller()
export class DownloadController {
  constructor(private readonly openDownload: OpenDownload) {}

  @Get('dataset/v1/download/:token')
  @OpenRoute()
  async download(
    @Param('token') token: string,
    @Headers('x-channel-id') channel: string | undefined,
  ): Promise<StreamableFile> {
    const { key, bytes } = await this.openDownload.execute(token, channel);
    const type = TYPES[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return new StreamableFile(Readable.from(bytes), { type, disposition: downloadDisposition(key) });
  }
}
