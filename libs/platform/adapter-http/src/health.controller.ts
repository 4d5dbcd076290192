import { Controller, Get, Header, Res } from '@nestjs/common';
import { OpenRoute } from '@scorekeep/platform/util-http';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { type HttpReply } from './http-types';
import { Readiness, type ReadinessReport } from './readiness';

/** For orchestrators and Prometheus; answers plainly, on both ports. */
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: MetricsRegistry,
  ) {}

  /** The process answers. Says nothing about its servers: restarting would not bring them back. */
  @Get('health/live')
  @OpenRoute()
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** 503 with the names of what is down. */
  @Get('health/ready')
  @OpenRoute()
  async ready(@Res({ passthrough: true }) reply: HttpReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    reply.code(report.status === 'ready' ? 200 : 503);
    return report;
  }

  @Get('metrics')
  @OpenRoute()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  render(): Promise<string> {
    return this.metrics.render();
  }
}
