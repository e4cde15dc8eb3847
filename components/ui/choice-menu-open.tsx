'use client'

import { Menu as Kit } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ChoiceMenuProps, ChoiceOption } from './choice-menu.tsx'
import { POPUP, POPUP_ITEM } from './popup-class.ts'
import { type OpenedBy, useOpenedBy } from './use-intent.ts'

/** The choices themselves, once somebody wants them. See ChoiceMenu. */
export function ChoiceMenuOpen(props: ChoiceMenuProps & { openedBy: OpenedBy }) {
  const { defaultOpen, triggerElement } = useOpenedBy(props.openedBy)
  const { label, trigger, options, align = 'start' } = props
  return (
    <Kit.Root defaultOpen={defaultOpen}>
      <Kit.Trigger ref={triggerElement} render={trigger} />
      <Kit.Portal>
        <Kit.Positioner align={align} sideOffset={4} className="z-40 outline-none">
          <Kit.Popup
            aria-label={label}
            className={`${POPUP} max-h-[min(24rem,var(--available-height))] min-w-44 overflow-y-auto`}
          >
            {props.multiple ? (
              options.map((option) => (
                <Kit.CheckboxItem
                  key={option.value}
                  checked={props.value.includes(option.value)}
                  onCheckedChange={(checked) =>
                    props.onChange(
                      checked
                        ? [...props.value, option.value]
                        : props.value.filter((one) => one !== option.value),
                    )
                  }
                  closeOnClick={false}
                  className={`${POPUP_ITEM} text-ink`}
                >
                  <ChoiceLine option={option} indicator={<Kit.CheckboxItemIndicator render={MARK} />} />
                </Kit.CheckboxItem>
              ))
            ) : (
              <Kit.RadioGroup value={props.value} onValueChange={props.onChange}>
                {options.map((option) => (
                  <Kit.RadioItem
                    key={option.value}
                    value={option.value}
                    closeOnClick
                    className={`${POPUP_ITEM} text-ink`}
                  >
                    <ChoiceLine option={option} indicator={<Kit.RadioItemIndicator render={MARK} />} />
                  </Kit.RadioItem>
                ))}
              </Kit.RadioGroup>
            )}
          </Kit.Popup>
        </Kit.Positioner>
      </Kit.Portal>
    </Kit.Root>
  )
}

const MARK = <Check className="size-3.5 text-accent-ink" aria-hidden />

function ChoiceLine({ option, indicator }: { option: ChoiceOption; indicator: ReactNode }) {
  return (
    <>
      {option.icon && <span className="text-ink-2">{option.icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block">{option.label}</span>
        {option.hint && <span className="block text-meta text-muted">{option.hint}</span>}
      </span>
      <span className="flex w-4 justify-end">{indicator}</span>
    </>
  )
}
