import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';
import { requestBody } from './request-body.pipe';

class Fields {
  @IsString()
  userId!: string;
}

class Body {
  @ValidateNested()
  @Type(() => Fields)
  request!: Fields;
}

const check = (body: unknown): Promise<Body> => requestBody(Body).transform(body, { type: 'body' });

describe('a body', () => {
  it('is an instance of its class, with fields that the class does not know', async () => {
    const body = await check({ request: { userId: 'u', x: { y: 1 } } });
    expect(body.request).toBeInstanceOf(Fields);
    expect(body).toEqual({ request: { userId: 'u', x: { y: 1 } } });
  });

  it('may have a field of the name constructor in what the class does not know', async () => {
    const body = await check({ request: { userId: 'u', x: { constructor: 'a', y: 1 } } });
    expect(body.request).toBeInstanceOf(Fields);
    expect(body.request.userId).toBe('u');
  });

  it('is refused with the path of each problem, also beside such a field', async () => {
    await expect(check({ request: { userId: 1, x: { constructor: 'a' } } })).rejects.toMatchObject({
      code: 'HTTP.INVALID_REQUEST',
      message: expect.stringContaining('request.userId') as string,
    });
  });
});
