export { archivalChaos } from './archival-chaos/archival-chaos';
