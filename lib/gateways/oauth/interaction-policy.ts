import { interactionPolicy } from 'oidc-provider'
import { judge } from './wish.ts'

const { Check, Prompt, base } = interactionPolicy

/**
 * What a person is asked before an app gets a code, in this order: to sign in, in which organization, and whether they
 * agree. Everything the product's policy says other than "allow" leads to the interaction's page.
 */
export function newInteractionPolicy(): interactionPolicy.DefaultPolicy {
  const policy = base()
  policy.remove('consent')
  policy.add(organizationPrompt())
  policy.add(consentPrompt())
  return policy
}

function organizationPrompt(): interactionPolicy.Prompt {
  return new Prompt(
    { name: 'organization', requestable: false },
    new Check(
      'organization_missing',
      'the person has a place in several organizations and has not chosen one',
      'interaction_required',
      async (ctx) => (ctx.oidc.account ? (await judge(ctx)).wish === undefined : false),
    ),
  )
}

function consentPrompt(): interactionPolicy.Prompt {
  return new Prompt(
    { name: 'consent', requestable: true },
    async (ctx) => {
      const { wish, verdict } = await judge(ctx)
      return { verdict: verdict?.kind, rootOrganizationId: wish?.rootOrganizationId }
    },
    new Check('consent_missing', 'the person has not agreed to this', 'consent_required', async (ctx) => {
      return (await judge(ctx)).verdict?.kind === 'consent'
    }),
    new Check(
      'authorization_refused',
      'the organization does not let its people authorize this app now',
      'interaction_required',
      async (ctx) => {
        const { verdict } = await judge(ctx)
        return verdict !== undefined && verdict.kind !== 'allow' && verdict.kind !== 'consent'
      },
    ),
  )
}
