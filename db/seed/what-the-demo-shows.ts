import { readTable } from './read-table.ts'

type Count = { what: string; least: number; from: string }

/** Every state a screen can show, and how often the demo has it at least; `from` follows `select count(*) from`. */
export const STATES: Count[] = counts(`
  40 | people                                | users where ended_at is null
  60 | apps                                  | connected_apps where ended_at is null
   2 | root organizations with groups        | organizations o where parent_id is null and exists (select from organizations g where g.parent_id = o.id)
   1 | group inside a group                  | organization_ancestors where depth = 2
   1 | person in two root organizations      | (select user_id from memberships where ended_at is null group by 1 having count(distinct root_organization_id) > 1) guests
   1 | deactivated person                    | users where deactivated_at is not null and ended_at is null
   2 | people who left                       | users where ended_at is not null
   4 | developers                            | memberships where role = 'developer' and ended_at is null
   4 | administrators of business groups     | memberships m where role = 'administrator' and organization_id <> root_organization_id and ended_at is null
   4 | groups of people                      | groups g where exists (select from group_members p where p.group_id = g.id)
   3 | open invitations                      | invitations where accepted_at is null and ended_at is null and expires_at > now()
   1 | invitation that ran out               | invitations where accepted_at is null and ended_at is null and expires_at < now()
   1 | invitation accepted                   | invitations where accepted_at is not null
   1 | invitation withdrawn                  | invitations where ended_at is not null
   3 | developers with a quota               | memberships where apps_max is not null and ended_at is null
  20 | people who signed in lately           | (select distinct user_id from sessions) seen
   9 | APIs                                  | apis where root_organization_id is not null
   1 | API that ended                        | apis where ended_at is not null
   2 | APIs with JWT access tokens           | apis where token_format = 'jwt'
   1 | API for apps of its own root alone    | apis where open_to = 'internal' and root_organization_id is not null
   1 | app that holds a scope that ended     | connected_apps c, unnest(c.scopes) held join scopes s on s.name = held and s.ended_at is not null where c.ended_at is null
   2 | resource servers                      | (select distinct resource_server_app_id from apis where resource_server_app_id is not null) servers
   3 | scopes of each risk                   | (select distinct risk from scopes) risks
  10 | servers on behalf of users            | connected_apps where acts_as = 'user' and client_type = 'server'
   5 | browser apps                          | connected_apps where client_type = 'browser'
   5 | native apps without secrets           | connected_apps c where client_type = 'native' and not exists (select from app_secrets s where s.app_id = c.id)
  10 | apps on their own behalf              | connected_apps where acts_as = 'itself'
   4 | apps with places for their scopes     | (select distinct app_id from app_contexts) chosen
   1 | scope limited to an environment       | app_contexts where environment_id is not null
   2 | disabled apps                         | connected_apps where disabled_at is not null and ended_at is null
   2 | deleted apps                          | connected_apps where ended_at is not null
   3 | dynamically registered apps           | connected_apps where origin = 'dynamic-registration' and registered_by_app_id is not null
   1 | app made over the API                 | connected_apps where origin = 'api'
  10 | apps open to everyone                 | connected_apps where audience = 'everyone'
   1 | app without PKCE                      | connected_apps where not requires_pkce
   1 | app that introspects all              | connected_apps where introspects_organization
   3 | apps moved from someone who left      | connected_apps c join users u on u.id = c.created_by where u.ended_at is not null and c.owner_id <> u.id
   4 | apps whose secret should be rotated   | connected_apps where rotation_due_since is not null
   2 | apps that were never used             | connected_apps where last_used_at is null and ended_at is null
   1 | app with five live secrets            | (select app_id from app_secrets where ended_at is null and (expires_at is null or expires_at > now()) group by 1 having count(*) = 5) full_ones
   2 | secrets that end within a week        | app_secrets where expires_at between now() and now() + interval '7 days'
   2 | secrets that ran out                  | app_secrets where expires_at < now()
   2 | secrets that somebody ended           | app_secrets where ended_at is not null
   1 | older secret safe to delete           | app_secrets o where o.expires_at > now() and exists (select from app_secrets n where n.app_id = o.app_id and n.created_at > o.created_at and n.created_at < o.last_used_at and n.last_used_at > o.last_used_at + interval '3 days')
   1 | newest secret never used              | app_secrets n where n.last_used_at is null and exists (select from app_secrets o where o.app_id = n.app_id and o.created_at < n.created_at and o.last_used_at is not null)
   2 | live keys beside secrets              | app_keys where ended_at is null
   1 | key that ends soon                    | app_keys where expires_at < now() + interval '30 days'
   1 | key that somebody ended               | app_keys where ended_at is not null
   1 | server without a live secret          | connected_apps c where c.client_type = 'server' and c.ended_at is null and not exists (select from app_secrets s where s.app_id = c.id and s.ended_at is null and (s.expires_at is null or s.expires_at > now()))
  28 | people who use the top app            | live_authorizations l join connected_apps c on c.id = l.app_id and c.name = 'Order Desk'
 250 | live authorizations                   | live_authorizations
   5 | held authorizations                   | live_authorizations where is_held
 300 | live tokens                           | live_tokens
   5 | live tokens of apps for themselves    | live_tokens where kind = 'client-credentials'
   5 | authorizations that were widened      | authorizations where updated_at > created_at
   2 | authorizations removed by the person  | authorizations where ended_reason = 'removed-by-person'
   2 | removed by an administrator           | authorizations where ended_reason = 'removed-by-administrator'
   5 | removed for everyone, and given anew  | live_authorizations l join installations i on i.id = l.installation_id where i.epoch > 0 and i.blocked_at is null
   1 | family ended by its app               | token_families where ended_reason = 'revoked-by-app'
   1 | family ended after reuse              | token_families where ended_reason = 'reuse'
   2 | blocked apps                          | installations where blocked_at is not null
   1 | frozen app                            | installations where frozen_at is not null
   3 | policies, each of its mode            | (select distinct mode from allowlists) modes
   3 | entries, one of each origin           | (select distinct origin from allowlist_entries where ended_at is null) origins
   3 | entries that ended                    | allowlist_entries where ended_at is not null
   3 | entries that were changed             | allowlist_entries where updated_at > created_at
   1 | entry with an end                     | live_entries where ends_at is not null
   1 | entry for a group                     | live_entries where group_id is not null
   2 | listed apps that ask for more         | allowlist_entries e join connected_apps c on c.id = e.app_id join allowlists a on a.root_organization_id = e.root_organization_id and a.mode = 'restricted' where e.ended_at is null and not c.scopes <@ e.scopes
   1 | listed app nobody uses yet            | allowlist_entries e where ended_at is null and not exists (select from live_authorizations l where l.app_id = e.app_id and l.root_organization_id = e.root_organization_id)
   1 | kept list of an unrestricted root     | allowlist_entries e join allowlists a on a.root_organization_id = e.root_organization_id and a.mode = 'unrestricted'
   2 | apps in use without an entry          | installations i join connected_apps c on c.id = i.app_id join allowlists a on a.root_organization_id = i.root_organization_id and a.mode = 'restricted' where c.root_organization_id <> i.root_organization_id and i.blocked_at is null and not exists (select from allowlist_entries e where e.app_id = i.app_id and e.root_organization_id = i.root_organization_id and e.ended_at is null)
   4 | waiting requests                      | approval_requests where answer is null and requested_at is not null and expires_at > now()
   2 | requests with several people          | (select r.id from approval_requests r join approval_requesters p on p.request_id = r.id where r.answer is null group by 1 having count(*) > 3) many
   3 | requesters without a reason           | approval_requesters where reason = ''
   4 | requests, one of each answer          | (select distinct answer from approval_requests where answer is not null) answers
   2 | declined requests with a reason       | approval_requests where answer = 'declined' and answer_reason is not null
   1 | request that ran out                  | approval_requests where answer = 'expired'
   1 | request that ends within days         | approval_requests where answer is null and requested_at is not null and expires_at < now() + interval '3 days'
   1 | request from outside an entry's group  | approval_requests q join allowlist_entries e on e.app_id = q.app_id and e.root_organization_id = q.root_organization_id where q.answer is null and e.ended_at is null and e.group_id is not null
   1 | reviewer of requests                   | request_reviewers
   1 | draft                                 | approval_requests where requested_at is null and expires_at > now()
   1 | request whose app changed since       | approval_requests r join connected_apps c on c.id = r.app_id where r.answer is null and r.app_name_seen <> c.name
   2 | organizations chosen by a guest       | organization_choices
  25 | kinds of events                       | (select distinct name from events) kinds
 700 | events                                | events
`)

/** What must not be: contradictions that a reader of the demo could find. */
export const SLIPS: Count[] = counts(`
   0 | moments to come                       | (select created_at as at from connected_apps union all select last_used_at from connected_apps union all select last_used_at from authorizations union all select occurred_at from events union all select requested_at from approval_requesters union all select last_used_at from app_secrets union all select last_used_at from app_keys) moments where at > now()
   0 | use before it began                   | (select created_at, last_used_at from authorizations union all select created_at, last_used_at from token_families union all select created_at, last_used_at from connected_apps union all select created_at, last_used_at from app_secrets union all select created_at, last_used_at from app_keys) used where last_used_at < created_at
   0 | use of an app after its last use      | authorizations a join installations i on i.id = a.installation_id join connected_apps c on c.id = i.app_id where a.last_used_at > i.last_used_at or i.last_used_at > c.last_used_at
   0 | use of an app by nobody               | connected_apps c where acts_as = 'user' and last_used_at is not null and not exists (select from installations i where i.app_id = c.id and i.last_used_at = c.last_used_at)
   0 | use of an app that is off             | connected_apps where last_used_at > least(disabled_at, ended_at)
   0 | yes before the person came            | authorizations a join memberships m on m.user_id = a.user_id and m.organization_id = a.root_organization_id where a.created_at < m.created_at
   0 | yes before the app was made           | authorizations a join connected_apps c on c.id = a.app_id where a.created_at < c.created_at
   0 | yes beyond the app's scopes           | authorizations a join connected_apps c on c.id = a.app_id where not a.scopes <@ c.scopes
   0 | yes to another root's internal app    | authorizations a join connected_apps c on c.id = a.app_id where c.audience = 'internal' and c.root_organization_id <> a.root_organization_id
   0 | yes that Restricted would refuse      | authorizations a join connected_apps c on c.id = a.app_id join allowlists w on w.root_organization_id = a.root_organization_id and w.mode = 'restricted' left join allowlist_entries e on e.app_id = c.id and e.root_organization_id = a.root_organization_id where c.root_organization_id <> a.root_organization_id and a.created_at > w.updated_at and (e.id is null or e.created_at > a.created_at or e.ended_at < a.created_at or not a.scopes <@ e.scopes)
   0 | yes that Closed would refuse          | authorizations a join allowlists w on w.root_organization_id = a.root_organization_id where w.mode = 'closed' and a.created_at > w.updated_at
   0 | person waiting for what they have     | approval_requesters p join approval_requests r on r.id = p.request_id and r.answer is null join live_authorizations l on l.user_id = p.user_id and l.app_id = r.app_id and r.scopes <@ l.scopes
   0 | scope without its API's prefix        | scopes s join apis a on a.id = s.api_id where a.scope_prefix is not null and split_part(s.name, ':', 1) <> a.scope_prefix
   0 | foreign scope of an API kept to its root | connected_apps c, unnest(c.scopes) held join scopes s on s.name = held join apis a on a.id = s.api_id where a.open_to = 'internal' and a.root_organization_id <> c.root_organization_id
   0 | unknown scope                         | (select unnest(scopes) as name from connected_apps union all select unnest(scopes) from allowlist_entries union all select unnest(scopes) from approval_requests) asked where not exists (select from scopes s where s.name = asked.name)
   0 | unsorted scope set                    | (select scopes from connected_apps union all select scopes from authorizations union all select scopes from token_families union all select scopes from allowlist_entries union all select scopes from approval_requests) sets where scopes <> array(select distinct name collate "C" from unnest(scopes) name order by 1)
   0 | place missing for a scope             | connected_apps c, unnest(c.scopes) asked join scopes s on s.name = asked and s.needs_organization where c.acts_as = 'itself' and not exists (select from app_contexts x where x.app_id = c.id and x.scope = s.name)
   0 | place outside the app's residence     | app_contexts x join connected_apps c on c.id = x.app_id where not exists (select from organization_ancestors a where a.organization_id = x.organization_id and a.ancestor_id = c.organization_id)
   0 | quota of nobody who develops          | memberships where apps_max is not null and role <> 'developer'
   0 | developer beyond their quota          | memberships m where m.ended_at is null and m.apps_max < (select count(*) from connected_apps c join organization_ancestors a on a.organization_id = c.organization_id and a.ancestor_id = m.organization_id where c.owner_id = m.user_id and c.ended_at is null)
   0 | person in a group of elsewhere        | group_members p join groups g on g.id = p.group_id where not exists (select from memberships m where m.user_id = p.user_id and m.organization_id = g.root_organization_id and m.ended_at is null)
   0 | owner who may not own                 | connected_apps c where not exists (select from memberships m join organization_ancestors a on a.ancestor_id = m.organization_id and a.organization_id = c.organization_id where m.user_id = c.owner_id and m.ended_at is null and m.role <> 'member')
   0 | place in a group without one in its root | memberships m where m.ended_at is null and not exists (select from memberships r where r.user_id = m.user_id and r.organization_id = m.root_organization_id and r.ended_at is null)
   0 | person without a home                 | users u where home_organization_id is null and operator_since is null
   0 | event out of order                    | (select occurred_at, lag(occurred_at) over (order by id) as former from events) told where occurred_at < former
   0 | address that is not an example        | users where email not like '%@example.com'
`)

function counts(table: string): Count[] {
  return readTable(['least', 'what', 'from'], table).map(({ least, what, from }) => ({
    what,
    least: Number(least),
    from,
  }))
}
