import { type DynamicModule } from '@nestjs/common';
import { HealthController, Readiness } from '@scorekeep/platform/adapter-http';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';

/** Health and metrics, nothing else. */
export class HealthModule {
  static with(readiness: Readiness, metrics: MetricsRegistry): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [
        { provide: Readiness, useValue: readiness },
        { provide: MetricsRegistry, useValue: metrics },
      ],
    };
  }
}
