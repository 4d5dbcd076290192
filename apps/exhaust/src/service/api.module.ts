import { type DynamicModule } from '@nestjs/common';
import { FeatureRequestsModule } from '@scorekeep/exhaust/feature-requests';
import { HealthController, Readiness } from '@scorekeep/platform/adapter-http';
import { type ApiDocument, OpenApiModule } from '@scorekeep/platform/adapter-openapi';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { boundModule } from './bound-module';
import { apiPorts, requestPorts, type ServiceParts } from './service-ports';

export interface HttpParts {
  readonly readiness: Readiness;
  readonly metrics: MetricsRegistry;
}

/** Health and metrics; with `served`, the API too. */
export class ApiModule {
  static with({ readiness, metrics }: HttpParts, served: DynamicModule[] = []): DynamicModule {
    return {
      module: ApiModule,
      imports: served,
      controllers: [HealthController],
      providers: [
        { provide: Readiness, useValue: readiness },
        { provide: MetricsRegistry, useValue: metrics },
      ],
    };
  }

  /** The routes of requests and their document. */
  static requests(parts: ServiceParts, document: ApiDocument): DynamicModule[] {
    const adapters = [boundModule([...requestPorts(parts), ...apiPorts(parts)])];
    return [FeatureRequestsModule.with(adapters), OpenApiModule.with(document)];
  }
}
