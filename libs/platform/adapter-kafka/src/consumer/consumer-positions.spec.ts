import { ConsumerPositions } from './consumer-positions';

describe('ConsumerPositions', () => {
  it('has to commit what was reached and is not acknowledged', () => {
    const positions = new ConsumerPositions();
    positions.reach('in', 0, 5n);
    positions.reach('in', 1, 7n);
    positions.acknowledge('in', 0, 5n);

    expect(positions.outstanding()).toEqual([{ topic: 'in', partition: 1, offset: '7' }]);
  });

  it('commits again when an older commit was acknowledged after a newer one', () => {
    const positions = new ConsumerPositions();
    positions.reach('in', 0, 5n);
    positions.reach('in', 0, 9n);
    positions.acknowledge('in', 0, 9n);
    positions.acknowledge('in', 0, 5n);

    expect(positions.outstanding()).toEqual([{ topic: 'in', partition: 0, offset: '9' }]);
  });

  it('forgets everything with a new assignment, also late acknowledgements', () => {
    const positions = new ConsumerPositions();
    positions.reach('in', 0, 5n);
    positions.forget();
    positions.acknowledge('in', 0, 5n);

    expect(positions.outstanding()).toEqual([]);
  });
});
