import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { type BodyClass, bodyClassOf } from './request-body.pipe';
import { withRouteRules } from './route-rules';

/** What Nest notes about a parameter of a handler. */
interface HandlerParameter {
  readonly pipes?: readonly unknown[];
}

/**
 * Names the API that a handler answers: its result comes in a success envelope with this id, its errors in an error
 * envelope. Handlers without it answer plainly. Notes the class of the handler's body too, for the API's document.
 */
export function ApiId(apiId: string): MethodDecorator {
  return (prototype, property, descriptor) => {
    const bodyClass = bodyClassOfHandler(prototype, property);
    return withRouteRules({ apiId, ...(bodyClass ? { bodyClass } : {}) })(prototype, property, descriptor);
  };
}

/** Decorators of parameters come before those of their method. */
function bodyClassOfHandler(prototype: object, property: string | symbol): BodyClass | undefined {
  const noted: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, prototype.constructor, property) ?? {};
  const pipes = Object.values(noted as Record<string, HandlerParameter>).flatMap((parameter) => parameter.pipes ?? []);
  return pipes.map(bodyClassOf).find((bodyClass) => bodyClass !== undefined);
}
