/** Which topics there should be. */
export class TopicPlan {
  /**
   * @param names full names
   * @param partitions of topics that have to be created
   */
  constructor(
    readonly names: readonly string[],
    readonly partitions: number,
  ) {}
}
