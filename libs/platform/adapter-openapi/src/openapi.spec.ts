import { Body, Controller, type DynamicModule, Get, Param, Post } from '@nestjs/common';
import { createHttpApp, HealthController, type HttpApp, Readiness } from '@scorekeep/platform/adapter-http';
import { ApiId, requestBody } from '@scorekeep/platform/util-http';
import { createLogger } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { Type } from 'class-transformer';
import { IsArray, IsDefined, IsInt, IsObject, IsOptional, IsString, ValidateBy, ValidateNested } from 'class-validator';
import { ApiDocument, type DocumentParts, OpenApiModule, type RouteDescription } from './index';

const IsEven = () => ValidateBy({ name: 'isEven', validator: { validate: (value: number) => value % 2 === 0 } });

class Item {
  @IsDefined()
  @IsInt()
  count!: number;

  @IsEven()
  even!: number;
}

class ThingRequest {
  @IsString()
  name!: string;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Item)
  items?: Item[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Item)
  item?: Item;
}

class UnusedRequest {
  @IsString()
  name!: string;
}

@Controller()
class ThingController {
  @Post('v1/thing')
  @ApiId('api.thing')
  thing(@Body(requestBody(ThingRequest)) body: ThingRequest): object {
    return { name: body.name };
  }

  @Post('private/v1/thing')
  @ApiId('api.thing')
  privateThing(@Body(requestBody(ThingRequest)) body: ThingRequest): object {
    return this.thing(body);
  }

  @Get('v1/thing/:name')
  @ApiId('api.thing.read')
  named(@Param('name') name: string): object {
    return { name };
  }

  @Get('v1/plain')
  plain(@Body(requestBody(UnusedRequest)) body: UnusedRequest): object {
    return body;
  }
}

const description: RouteDescription = {
  summary: 'Takes a thing',
  result: { type: 'object', properties: { name: { type: 'string' } } },
  examples: { usual: { summary: 'A thing', request: { name: 'a' }, result: { name: 'a' } } },
};
const name = { in: 'path', name: 'name', required: true, schema: { type: 'string' } };
const reading: RouteDescription = {
  ...description,
  parameters: [name],
  examples: { usual: { summary: 'A thing', result: { name: 'a' } } },
};
const parts: DocumentParts = {
  info: { title: 'Things', version: 'v1', description: 'Of things' },
  descriptions: {
    'POST /v1/thing': description,
    'POST /private/v1/thing': description,
    'GET /v1/thing/:name': reading,
  },
  converters: { isEven: { type: 'integer', multipleOf: 2 } },
  additions: { Item: { note: { type: 'string' } } },
};

class Things {}
const apps: HttpApp[] = [];

async function create(document: ApiDocument): Promise<HttpApp> {
  const module: DynamicModule = {
    module: Things,
    imports: [OpenApiModule.with(document)],
    controllers: [ThingController, HealthController],
    providers: [
      { provide: Readiness, useValue: new Readiness([]) },
      { provide: MetricsRegistry, useValue: new MetricsRegistry() },
    ],
  };
  const app = await createHttpApp(module, {
    logger: createLogger({ name: 'tested', level: 'silent', destination: 'stdout' }),
  });
  apps.push(app);
  return app;
}

afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

describe('the document of an app', () => {
  it('says what decorators and descriptions say', async () => {
    const document = new ApiDocument(parts);
    const app = await create(document);
    document.describe(app.routes);
    const { statusCode, body } = await app.nest.inject('/docs/json');
    expect(statusCode).toBe(200);
    const { paths, components, ...rest } = JSON.parse(body) as typeof document.content;
    expect(rest).toMatchObject({ openapi: '3.0.3', info: parts.info });
    const item = { $ref: '#/components/schemas/Item' };
    expect(components.schemas).toEqual({
      Item: {
        type: 'object',
        properties: { count: { type: 'integer' }, even: { type: 'integer', multipleOf: 2 }, note: { type: 'string' } },
        required: ['count', 'even'],
      },
      ThingRequest: {
        type: 'object',
        properties: { name: { type: 'string' }, items: { type: 'array', items: item }, item },
        required: ['name'],
      },
    });
    expect(Object.keys(paths)).toEqual(['/v1/thing', '/private/v1/thing', '/v1/thing/{name}']);
    expect(paths['/v1/thing/{name}']?.['get']).toMatchObject({ parameters: [name, {}, {}] });
    expect(paths['/v1/thing/{name}']?.['get']).not.toHaveProperty('requestBody');
    expect(paths['/v1/thing']?.['post']).toMatchObject({
      operationId: 'post_v1_thing',
      summary: 'Takes a thing',
      security: [{ callerToken: [] }],
      requestBody: {
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ThingRequest' },
            examples: { usual: { value: { name: 'a' } } },
          },
        },
      },
    });
  });

  it.each([
    ['/v1/thing/{name}', ['200', '400', '401', '403', '404', '429', '500', '503']],
    ['/v1/thing', ['200', '400', '401', '403', '413', '415', '429', '500', '503']],
    ['/private/v1/thing', ['200', '400', '413', '415', '500', '503']],
  ])('names the answers of %s', async (path, statuses) => {
    const document = new ApiDocument(parts);
    document.describe((await create(document)).routes);
    const { responses = {} } = Object.values(document.content.paths[path] ?? {})[0] ?? {};
    expect(Object.keys(responses)).toEqual(statuses);
    const names = JSON.stringify(responses).matchAll(/#\/components\/responses\/(\w+)/g);
    for (const [, name = ''] of names) expect(document.content.components.responses).toHaveProperty(name);
  });

  it.each([
    [
      'a route without a description',
      { ...parts.descriptions, 'POST /private/v1/thing': undefined as never },
      'POST /private/v1/thing is not described',
    ],
    [
      'a description without a route',
      { ...parts.descriptions, 'GET /v1/gone': description },
      'there is no route GET /v1/gone',
    ],
  ])('is refused: %s', async (_, descriptions, words) => {
    const document = new ApiDocument({ ...parts, descriptions });
    const { routes } = await create(document);
    expect(() => document.describe(routes)).toThrow(words);
  });

  it('is shown by a page that needs nothing from elsewhere', async () => {
    const app = await create(new ApiDocument(parts));
    const page = await app.nest.inject('/docs');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
    });
    const files = [...page.body.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(files).toEqual(['docs/swagger-ui.css', 'docs/swagger-ui-bundle.js', 'docs/start.js']);
    for (const file of files) {
      const { statusCode, headers, body } = await app.nest.inject(`/${file}`);
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toMatch(file.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      expect(body.length).toBeGreaterThan(50);
    }
  });
});
