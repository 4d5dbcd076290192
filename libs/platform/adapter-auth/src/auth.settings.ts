import { Setting } from '@scorekeep/platform/util-config';
import { IsIn, IsOptional, IsString, IsUrl, ValidateIf } from 'class-validator';

export type AuthMode = 'token' | 'header';

/** How callers of public routes prove who they are. */
export class AuthSettings {
  @Setting('folder with PEM public keys, each named by its kid (with or without .pem); read again when it changes', {
    secret: false,
  })
  @IsOptional()
  @IsString()
  AUTH_PUBLIC_KEYS_DIR?: string;

  @Setting('URL of a JWKS with public keys')
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  AUTH_JWKS_URL?: string;

  @Setting('what iss of tokens must be, a realm’s URL; needed with keys')
  @ValidateIf(({ AUTH_MODE, AUTH_PUBLIC_KEYS_DIR, AUTH_JWKS_URL, AUTH_ISSUER }: AuthSettings) =>
    AUTH_ISSUER === undefined ? AUTH_MODE === 'token' && (AUTH_PUBLIC_KEYS_DIR ?? AUTH_JWKS_URL) !== undefined : true,
  )
  @IsString({ message: '$property must be set with AUTH_PUBLIC_KEYS_DIR or AUTH_JWKS_URL' })
  AUTH_ISSUER?: string;

  @Setting('token: callers send signed tokens; header: callers are believed (x-authenticated-userid), for development')
  @IsIn(['token', 'header'])
  AUTH_MODE: AuthMode = 'token';
}
