export { NodeParquetStreams } from './node-parquet-streams';
