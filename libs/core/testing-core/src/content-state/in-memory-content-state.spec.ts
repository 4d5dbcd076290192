import { describeActivityAggregates } from './activity-aggregates.contract';
import { describeBatchStates } from './batch-states.contract';
import { describeConsumptionRows } from './consumption-rows.contract';
import { describeContentConsumption } from './content-consumption.contract';
import { InMemoryActivityAggregates } from './in-memory-activity-aggregates';
import { InMemoryBatchStates } from './in-memory-batch-states';
import { InMemoryConsumptionRows } from './in-memory-consumption-rows';
import { InMemoryContentConsumption } from './in-memory-content-consumption';
import { InMemoryLearnerEnrolments } from './in-memory-learner-enrolments';
import { describeLearnerEnrolments } from './learner-enrolments.contract';

describeConsumptionRows('InMemoryConsumptionRows', () => new InMemoryConsumptionRows());

describeContentConsumption('InMemoryContentConsumption', () => {
  const consumption = new InMemoryContentConsumption();
  return { consumption, put: async (learner, content) => consumption.put(learner, content) };
});

describeBatchStates('InMemoryBatchStates', () => {
  const states = new InMemoryBatchStates();
  return { states, add: async (batch, status) => states.add(batch, status) };
});

describeLearnerEnrolments('InMemoryLearnerEnrolments', () => {
  const enrolments = new InMemoryLearnerEnrolments();
  return { enrolments, enrol: async (learner) => enrolments.enrol(learner) };
});

describeActivityAggregates('InMemoryActivityAggregates', () => {
  const aggregates = new InMemoryActivityAggregates();
  return {
    aggregates,
    add: async (activity, userId, context) => aggregates.add(activity, userId, context),
  };
});
