import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import { type ReportRequest } from '@scorekeep/core/domain-exhaust';
import { ApiId, AuthenticatedCaller, type Caller, invalidRequest, requestBody } from '@scorekeep/platform/util-http';
import { IdentifyRequester } from './identity/identify-requester.use-case';
import { type Requester } from './identity/requester';
import { ReportLinks } from './links/report-links';
import { FindReports } from './read/find-reports.use-case';
import { cursorOf, listPageOf } from './read/list-page';
import { type RequestView, toRequestView } from './read/request-view.mapper';
import { RequestOptions } from './request-options';
import { CheckBatches } from './submit/check-batches.use-case';
import { SubmitReports } from './submit/submit-reports.use-case';
import { SubmitReportsRequest } from './submit/submit-reports.request';
import { toReportsWanted } from './submit/submission.mapper';

const CHANNEL = 'x-channel-id';
const USER = 'x-authenticated-userid';

type ClaimHeaders = Readonly<Record<typeof CHANNEL | typeof USER, string | undefined>>;

interface ListQuery {
  readonly limit?: unknown;
  readonly cursor?: unknown;
}

/** Requests for reports: submit, read, list. */
@Controller()
export class ReportsController {
  constructor(
    private readonly identify: IdentifyRequester,
    private readonly checkBatches: CheckBatches,
    private readonly submitReports: SubmitReports,
    private readonly findReports: FindReports,
    private readonly links: ReportLinks,
    private readonly options: RequestOptions,
  ) {}

  @Post(['dataset/v1/request/submit', 'v1/jobrequest/submit'])
  @ApiId('api.dataset.request.submit')
  async submit(
    @AuthenticatedCaller() caller: Caller,
    @Headers() headers: ClaimHeaders,
    @Body(requestBody(SubmitReportsRequest)) { request: fields }: SubmitReportsRequest,
  ): Promise<RequestView> {
    const requester = await this.requesterOf(caller, headers);
    const wanted = toReportsWanted(fields, requester, this.options.identity);
    await this.checkBatches.execute(wanted, fields.datasetConfig);
    const { request } = await this.submitReports.execute(wanted);
    return this.view(request, requester);
  }

  @Get(['dataset/v1/request/read/:tag', 'v1/jobrequest/read/:tag'])
  @ApiId('api.dataset.request.read')
  async read(
    @AuthenticatedCaller() caller: Caller,
    @Headers() headers: ClaimHeaders,
    @Param('tag') tag: string,
    @Query('requestId') requestId: unknown,
  ): Promise<RequestView> {
    const requester = await this.requesterOf(caller, headers);
    if (typeof requestId !== 'string' || requestId === '') throw invalidRequest('requestId must be given');
    return this.view(await this.findReports.one(tag, requestId, requester), requester);
  }

  @Get(['dataset/v1/request/list/:tag', 'v1/jobrequest/list/:tag'])
  @ApiId('api.dataset.request.list')
  async list(
    @AuthenticatedCaller() caller: Caller,
    @Headers() headers: ClaimHeaders,
    @Param('tag') tag: string,
    @Query() { limit, cursor }: ListQuery,
  ): Promise<{ readonly count: number; readonly jobs: readonly RequestView[]; readonly cursor?: string }> {
    const requester = await this.requesterOf(caller, headers);
    const page = listPageOf(textOf(limit), textOf(cursor));
    const { jobs, next } = await this.findReports.list(tag, page, requester);
    const views = await Promise.all(jobs.map((request) => this.view(request, requester)));
    return { count: views.length, jobs: views, ...(next ? { cursor: cursorOf(next) } : {}) };
  }

  private requesterOf(caller: Caller, headers: ClaimHeaders): Promise<Requester> {
    return this.identify.execute(caller, { channel: headers[CHANNEL], userId: headers[USER] });
  }

  private async view(request: ReportRequest, requester: Requester): Promise<RequestView> {
    return toRequestView(request, await this.links.linksTo(request, requester));
  }
}

/** A parameter that is given twice is a list. */
function textOf(parameter: unknown): string | undefined {
  if (parameter === undefined) return undefined;
  return typeof parameter === 'string' ? parameter : JSON.stringify(parameter);
}
