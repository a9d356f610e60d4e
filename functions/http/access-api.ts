/** Who has access, over HTTP, once no machine decides it any more. Apart, so that no other API function may change flags. */
import { withdrawAccess } from '../api/withdraw-access.ts';
import { api } from './api.ts';

export const accessApi = api('access-api', { 'withdraw-access': withdrawAccess });
