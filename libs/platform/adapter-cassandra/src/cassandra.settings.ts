import { IsHostPortList, Setting } from '@scorekeep/platform/util-config';
import { IsIn, IsNotEmpty, IsOptional, IsString, Matches, ValidateIf } from 'class-validator';

const CONSISTENCIES = ['LOCAL_QUORUM', 'QUORUM', 'EACH_QUORUM', 'ALL', 'LOCAL_ONE', 'ONE', 'TWO', 'THREE'] as const;
/** A consistency level by its CQL name. */
export type ConsistencyName = (typeof CONSISTENCIES)[number];

const KEYSPACE = /^[a-z][a-z0-9_]{0,47}$/;
const keyspaceMessage = '$property must be a keyspace name of a-z, 0-9 and _, at most 48 characters';
const consistencyMessage = `$property must be one of ${CONSISTENCIES.join(', ')}`;

/** How to reach Cassandra. The properties are named after the environment variables that fill them. */
export class CassandraSettings {
  @Setting('Cassandra servers to start from, host:port, comma-separated')
  @IsHostPortList()
  CASSANDRA_CONTACT_POINTS: string = '127.0.0.1:9042';

  @Setting('name of the datacenter whose servers are used')
  @IsString()
  @IsNotEmpty()
  CASSANDRA_LOCAL_DATACENTER: string = 'datacenter1';

  @Setting('keyspace of attempts, scores, enrolments and batches')
  @Matches(KEYSPACE, { message: keyspaceMessage })
  CASSANDRA_KEYSPACE: string = 'sunbird_courses';

  @Setting('keyspace of content hierarchies')
  @Matches(KEYSPACE, { message: keyspaceMessage })
  CASSANDRA_HIERARCHY_KEYSPACE: string = 'dev_hierarchy_store';

  @Setting('user name, when the cluster asks for one')
  @ValidateIf(credentialsGiven)
  @IsString({ message: '$property must be set together with CASSANDRA_PASSWORD' })
  @IsNotEmpty()
  CASSANDRA_USERNAME?: string;

  @Setting('password of CASSANDRA_USERNAME')
  @ValidateIf(credentialsGiven)
  @IsString({ message: '$property must be set together with CASSANDRA_USERNAME' })
  @IsNotEmpty({ message: '$property must not be empty' })
  CASSANDRA_PASSWORD?: string;

  /** Path of a PEM file; when set, connections use TLS and the server must present a certificate of this authority. */
  @Setting('file with the certificate authority of the Cassandra servers (PEM); when set, connections use TLS')
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  CASSANDRA_TLS_CA_FILE?: string;

  @Setting('consistency level of reads')
  @IsIn(CONSISTENCIES, { message: consistencyMessage })
  CASSANDRA_READ_CONSISTENCY: ConsistencyName = 'LOCAL_QUORUM';

  @Setting('consistency level of writes')
  @IsIn(CONSISTENCIES, { message: consistencyMessage })
  CASSANDRA_WRITE_CONSISTENCY: ConsistencyName = 'LOCAL_QUORUM';
}

function credentialsGiven(settings: CassandraSettings): boolean {
  return settings.CASSANDRA_USERNAME !== undefined || settings.CASSANDRA_PASSWORD !== undefined;
}
