import { type RouteTable } from './http-types';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods that a path answers to; for paths without parameters only. */
export function allowedMethods(routes: RouteTable, path: string): string[] {
  return methods.filter((method) => routes.hasRoute({ method, url: path }));
}
