/** Opens what the commands need; nothing is connected before. */
export abstract class DataConnections {
  /** @param archive whether the archive is read, too */
  abstract open(archive: boolean): Promise<void>;
}
