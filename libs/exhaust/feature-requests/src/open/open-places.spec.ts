import { aReportRequest } from '@scorekeep/core/testing-core';
import { RequestsStage } from '../requests-stage.fixture';

const MINUTE_MS = 60_000;

describe('OpenPlaces', () => {
  let stage: RequestsStage;
  beforeEach(() => (stage = new RequestsStage()));

  const take = (requestId: string, most = 2) => stage.places.take(aReportRequest({ requestId }), most, stage.nowMs);
  const full = expect.objectContaining({ code: 'EXHAUST.TOO_MANY_OPEN_REQUESTS' }) as Error;
  const ids = async () => (await stage.open.ofChannel('channel-1')).open.map(({ requestId }) => requestId);

  it('gives as many as there are, and the same one again', async () => {
    await Promise.all([take('A1'), take('A2')]);
    await take('A1');
    await expect(take('A3')).rejects.toEqual(full);
    expect((await ids()).sort()).toEqual(['A1', 'A2']);
  });

  it('takes back places of requests that have ended, of abandoned ones, and no others', async () => {
    await stage.submit({ requestId: 'A1' });
    await take('A2');
    await expect(take('A3')).rejects.toEqual(full);
    stage.nowMs += 11 * MINUTE_MS;
    await take('A3');
    expect((await ids()).sort()).toEqual(['A1', 'A3']);
    await stage.ledger.save(aReportRequest({ requestId: 'A1', state: 'SUCCESS', version: 2 }), 1);
    await take('A4');
    expect((await ids()).sort()).toEqual(['A3', 'A4']);
  });

  it('keeps the place of a later submission', async () => {
    await stage.places.take(aReportRequest({ submission: 2 }), 2, stage.nowMs);
    await stage.places.giveBack(aReportRequest({ submission: 1, state: 'SUCCESS' }));
    expect(await ids()).toEqual(['A1B2']);
    await stage.places.giveBack(aReportRequest({ submission: 2, state: 'SUCCESS' }));
    expect(await ids()).toEqual([]);
  });

  it('shows what is open, and tidies up', async () => {
    await stage.submit({ requestId: 'A1' });
    await stage.submit({ requestId: 'A2', state: 'FAILED' });
    const found = [];
    for await (const { requestId } of stage.places.all(stage.nowMs)) found.push(requestId);
    expect(found).toEqual(['A1']);
    expect(await ids()).toEqual(['A1']);
  });
});
