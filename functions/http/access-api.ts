/** Who has access, over HTTP, once no machine decides it any more. Apart, so that no other API function may change flags. */
import { withdrawAccess } from '../api/withdraw-access.ts';
import { api, command } from './api.ts';
import { release } from './paths.ts';

export const accessRoutes = [command(`${release}/withdraw-access`, withdrawAccess)] as const;
export const accessApi = api('access-api', accessRoutes);
